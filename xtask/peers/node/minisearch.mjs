// MiniSearch: its own tokeniser for English, the platform's words for Japanese; any word may match, titles weighted 3.

import MiniSearch from "minisearch";
import { measure, segmenter } from "./peer.mjs";

await measure("minisearch", async (language) => {
  const words = language === "ja" ? { tokenize: segmenter("ja") } : {};
  const index = new MiniSearch({
    fields: ["title", "text"],
    ...words,
    searchOptions: { boost: { title: 3 }, combineWith: "OR" },
  });
  return {
    add: (id, title, text) => index.add({ id, title, text }),
    search: (text, limit) => index.search(text).slice(0, limit).map((hit) => hit.id),
    serialised: () => JSON.stringify(index),
  };
});
