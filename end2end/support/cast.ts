// The people of the demo; server/demo/cast.toml introduces them.
export const staffPassword = 'kotae-demo-2026';

export const cast = {
  administrator: 'mamoru@kotae.example',
  cre: 'midori@kotae.example',
  otherCre: 'sora@kotae.example',
  customer: 'hotaru@hoshizora.example',
  colleague: 'tsumugi@hoshizora.example',
  stranger: 'penny@lanternfish.example',
} as const;
