"""Xapian: English stems, pairs of characters for Japanese, any word may match, BM25, titles weighted 3.

The protocol of a peer: a job as JSON on standard input, one line of JSON with its figures on standard output. See
../src/job.rs and ../src/speed.rs, which this follows.
"""

import json
import math
import os
import sys
import time

import xapian

PAGE = 10
DEPTH = 1000
WARM_UP = 50
TITLE_WEIGHT = 3


class Engine:
    def __init__(self, job):
        self.folder = os.path.join(job["folder"], "xapian")
        self.japanese = job["language"] == "ja"
        self.stemmer = xapian.Stem("none" if self.japanese else "en")

    def fill(self, texts):
        database = xapian.WritableDatabase(self.folder, xapian.DB_CREATE)
        terms = self.generator()
        for place, text in enumerate(texts):
            document = xapian.Document()
            terms.set_document(document)
            terms.index_text(text.get("title", ""), TITLE_WEIGHT)
            terms.increase_termpos()
            terms.index_text(text["text"])
            document.set_data(str(place))
            database.add_document(document)
        database.commit()
        database.close()

    def generator(self):
        terms = xapian.TermGenerator()
        terms.set_stemmer(self.stemmer)
        if self.japanese:
            terms.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
        return terms

    def open(self):
        self.database = xapian.Database(self.folder)
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_stemmer(self.stemmer)
        self.parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self.parser.set_default_op(xapian.Query.OP_OR)
        self.enquire = xapian.Enquire(self.database)

    def query(self, text):
        if not self.japanese:
            # No flag that gives a character a meaning: what is asked is plain text.
            return self.parser.parse_query(text, 0)
        # The parser wants all pairs of a run of characters to be there; any may match, as with words.
        document = xapian.Document()
        terms = self.generator()
        terms.set_document(document)
        terms.index_text(text)
        return xapian.Query(xapian.Query.OP_OR, [item.term for item in document])

    def search(self, text, limit):
        self.enquire.set_query(self.query(text))
        return [int(hit.document.get_data()) for hit in self.enquire.get_mset(0, limit)]


def load(engine, queries, seconds):
    """The bindings hold Python's one lock: what one client gets is all there is."""
    for query in queries[:WARM_UP]:
        engine.search(query["text"], PAGE)
    latencies = []
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        one = time.perf_counter()
        engine.search(queries[len(latencies) % len(queries)]["text"], PAGE)
        latencies.append((time.perf_counter() - one) * 1000)
    whole = time.perf_counter() - start
    latencies.sort()

    def at(share):
        return latencies[max(math.ceil(share * len(latencies)) - 1, 0)]

    return {"p50_ms": at(0.5), "p99_ms": at(0.99), "per_second": len(latencies) / whole}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def resident():
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def main():
    job = json.load(sys.stdin)
    texts = read(job["corpus"])
    queries = read(job["queries"])
    start = time.perf_counter()
    engine = Engine(job)
    engine.fill(texts)
    index_seconds = time.perf_counter() - start
    ids = [text["_id"] for text in texts]
    del texts
    engine.open()
    if job["rankings"]:
        with open(job["rankings"], "w", encoding="utf-8") as out:
            for query in queries:
                found = [ids[place] for place in engine.search(query["text"], DEPTH)]
                out.write(json.dumps([query["_id"], found]) + "\n")
    speed = load(engine, queries, job["seconds"]) if job["seconds"] > 0 else {}
    index_bytes = sum(entry.stat().st_size for entry in os.scandir(engine.folder))
    figures = {
        "version": xapian.version_string(),
        "documents": len(ids),
        "index_seconds": index_seconds,
        "index_bytes": index_bytes,
        "memory_bytes": resident(),
    }
    print(json.dumps(figures | speed))


main()
