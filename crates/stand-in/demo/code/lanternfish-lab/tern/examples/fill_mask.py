"""Fill a gap with the published model."""

from transformers import pipeline

print(pipeline("fill-mask", model="lanternfish-lab/tern-base")("the letter is at the [MASK]"))
