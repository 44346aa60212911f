// Words that exist nowhere else, so that journeys side by side in one portal do not meet.
import { type Locale } from './portal';

const syllables = {
  name: { ja: [...'カキクケコサシスセソタテトナニノハフマミモラリルレロ'], en: withVowels('kstnhmrl') },
  word: { ja: [...'ヌネヒヘホムメヤユヨワ'], en: withVowels('bdfgjpvwz') },
};

function withVowels(consonants: string): string[] {
  return [...consonants].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel));
}

function invented(kind: keyof typeof syllables, locale: Locale): string {
  const all = syllables[kind][locale];
  const name = Array.from({ length: 5 }, () => all[Math.floor(Math.random() * all.length)]!).join('');
  return name[0]!.toUpperCase() + name.slice(1);
}

/** A name of five syllables: "Kasolunami" and the like, in the letters of the language. */
export function inventedName(locale: Locale): string {
  return invented('name', locale);
}

/** A word that shares no syllable with any name, and hardly any pair of them with a word that exists. */
export function inventedWord(locale: Locale): string {
  return invented('word', locale);
}

/** An address that nobody else writes from. */
export function inventedAddress(): string {
  return `${inventedName('en').toLowerCase()}-${Date.now().toString(36)}@visitor.example`;
}
