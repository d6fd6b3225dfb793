#!/usr/bin/env python3
"""CPU of River's TextClust (Assenmacher and Trautmann 2022) over mentions as JSON lines, one clusterer a brand.

  textclust.py MENTIONS.jsonl --warm N      needs river==0.26.1

The first N mentions are history; the others are measured: parsed, learned, then asked for, as the detector does.
Prints one JSON object: {"mentions", "wallSeconds", "cpuSeconds", "version"}.
"""
import argparse
import json
import time

import river
from river import cluster, feature_extraction


def model():
    return feature_extraction.BagOfWords(lowercase=True, ngram_range=(1, 1)) | cluster.TextClust(
        radius=0.8, fading_factor=0.0005, tgap=100, real_time_fading=False
    )


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("mentions")
    ap.add_argument("--warm", type=int, required=True)
    a = ap.parse_args()
    with open(a.mentions, encoding="utf8") as f:
        lines = f.readlines()
    models = {}

    def take(line):
        record = json.loads(line)
        one = models.get(record["brand"])
        if one is None:
            one = models[record["brand"]] = model()
        one.learn_one(record["mention"]["text"])
        return one.predict_one(record["mention"]["text"])

    for line in lines[: a.warm]:
        take(line)
    wall, cpu = time.perf_counter(), time.process_time()
    for line in lines[a.warm :]:
        take(line)
    print(
        json.dumps(
            {
                "mentions": len(lines) - a.warm,
                "wallSeconds": time.perf_counter() - wall,
                "cpuSeconds": time.process_time() - cpu,
                "version": river.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
