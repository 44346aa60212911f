// The protocol of a peer on node: a job as JSON on standard input, one line of JSON with its figures on standard output.
// See ../src/job.rs and ../src/speed.rs, which this follows.

import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";

const PAGE = 10;
const DEPTH = 1000;
const WARM_UP = 50;

/**
 * @param {string} name of the package
 * @param {(language: "en" | "ja") => Promise<object>} create an engine with
 *   `add(place, title, text)`, `search(text, limit)` giving places, best first, and `serialised()` giving a string
 */
export async function measure(name, create) {
  const job = JSON.parse(readFileSync(0, "utf8"));
  const ids = [];
  const texts = await read(job.corpus);
  const watch = stopwatch();
  const engine = await create(job.language);
  for (const { _id, title, text } of texts) {
    await engine.add(ids.length, title ?? "", text);
    ids.push(_id);
  }
  const index_seconds = watch() / 1000;
  texts.length = 0;
  const queries = await read(job.queries);

  if (job.rankings) {
    const out = createWriteStream(job.rankings);
    for (const { _id, text } of queries) {
      const found = await engine.search(text, DEPTH);
      out.write(JSON.stringify([_id, found.map((place) => ids[place])]) + "\n");
    }
    out.end();
    await once(out, "finish");
  }
  const speed = job.seconds > 0 ? await load(engine, queries, job.seconds * 1000) : {};
  const memory_bytes = process.memoryUsage.rss();
  const manifest = new URL(`./node_modules/${name}/package.json`, import.meta.url);
  const figures = {
    version: JSON.parse(readFileSync(manifest, "utf8")).version,
    documents: ids.length,
    index_seconds,
    memory_bytes,
    // It lives in memory; this is what has to be loaded to have it there.
    index_bytes: Buffer.byteLength(await engine.serialised()),
    ...speed,
  };
  console.log(JSON.stringify(figures));
}

/** The words of a text, as the platform itself divides it. */
export function segmenter(language) {
  const words = new Intl.Segmenter(language, { granularity: "word" });
  return (text) => {
    const found = [];
    for (const { segment, isWordLike } of words.segment(text)) {
      if (isWordLike) found.push(segment.toLowerCase());
    }
    return found;
  };
}

// JavaScript has one thread: what one client gets is all there is.
async function load(engine, queries, milliseconds) {
  for (const { text } of queries.slice(0, WARM_UP)) await engine.search(text, PAGE);
  const latencies = [];
  const whole = stopwatch();
  for (let number = 0; whole() < milliseconds; number++) {
    const watch = stopwatch();
    await engine.search(queries[number % queries.length].text, PAGE);
    latencies.push(watch());
  }
  const per_second = (latencies.length * 1000) / whole();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.max(Math.ceil(share * latencies.length) - 1, 0)];
  return { p50_ms: at(0.5), p99_ms: at(0.99), per_second };
}

function stopwatch() {
  const start = performance.now();
  return () => performance.now() - start;
}

async function read(path) {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  const objects = [];
  for await (const line of lines) if (line) objects.push(JSON.parse(line));
  return objects;
}
