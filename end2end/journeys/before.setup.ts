// Before all journeys. Some visits are shown no suggestions, by chance, so that deflection can be believed; journeys
// that wait for suggestions cannot live with chance.
import { cast } from '../support/cast';
import { expect, test } from '../support/staff';

test('the administrator holds nobody out', async ({ staff }) => {
  const page = await staff(cast.administrator, { locale: 'en-GB' });
  await page.goto('/desk/settings');
  await page.locator('#holdout_percent').fill('0');
  await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('.flash')).toBeVisible();
  await expect(page.locator('#holdout_percent')).toHaveValue('0');
});
