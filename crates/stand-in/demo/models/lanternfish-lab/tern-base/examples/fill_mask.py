"""Fill a gap in a sentence from a letter."""

from transformers import pipeline

fill = pipeline("fill-mask", model="lanternfish-lab/tern-base")

for guess in fill("the letter is at the [MASK]"):
    print(f"{guess['score']:.3f}  {guess['sequence']}")
