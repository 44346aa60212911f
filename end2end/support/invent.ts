// Words that exist nowhere else, so that journeys side by side in one portal do not meet.
import { type Locale } from './portal';

/**
 * A name of five syllables: "Sorumina" and the like, in the letters of the language. The Japanese ones hardly ever stand
 * side by side in a word, so that no article has even a part of the name.
 */
export function inventedName(locale: Locale): string {
  const syllables = { ja: 'ヌネヒヘホムメヤユヨワ', en: 'kstnhmrlvz' };
  const pick = (text: string) => text[Math.floor(Math.random() * text.length)]!;
  const syllable = locale === 'ja' ? () => pick(syllables.ja) : () => pick(syllables.en) + pick('aeiou');
  const name = Array.from({ length: 5 }, syllable).join('');
  return name[0]!.toUpperCase() + name.slice(1);
}

/** An address that nobody else writes from. */
export function inventedAddress(): string {
  return `${inventedName('en').toLowerCase()}-${Date.now().toString(36)}@visitor.example`;
}
