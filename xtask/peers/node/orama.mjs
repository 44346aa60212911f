// Orama: English stems, the platform's words for Japanese; any word may match, titles weighted 3.

import { create, insert, save, search } from "@orama/orama";
import { measure, segmenter } from "./peer.mjs";

await measure("@orama/orama", async (language) => {
  const index = create({ schema: { title: "string", text: "string" }, components: { tokenizer: tokenizer(language) } });
  return {
    add: (id, title, text) => insert(index, { id: String(id), title, text }),
    search: async (term, limit) => {
      const found = await search(index, { term, limit, boost: { title: 3 } });
      return found.hits.map((hit) => Number(hit.id));
    },
    serialised: () => JSON.stringify(save(index)),
  };
});

function tokenizer(language) {
  if (language === "en") return { language: "english", stemming: true };
  const words = segmenter("ja");
  // Orama has no Japanese of its own; the language's name is only a label for a tokeniser that is given.
  return { language: "japanese", normalizationCache: new Map(), tokenize: (text) => [...new Set(words(text))] };
}
