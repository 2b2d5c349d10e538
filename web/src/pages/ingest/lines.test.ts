import { expect, test } from 'vitest';
import { linesOf } from './lines';

test('the type is seen from the address', () => {
  const types = [
    ['https://huggingface.co/google/bert', 'model'],
    ['huggingface.co/gpt2', 'model'],
    ['google/bert-base', 'model'],
    ['https://huggingface.co/datasets/squad', 'dataset'],
    ['https://github.com/openai/whisper', 'code'],
  ] as const;
  for (const [text, type] of types) expect(linesOf(text)[0]?.type, text).toBe(type);
});

test('what cannot be registered is told with the reason', () => {
  const problems = [
    ['https://example.com/a/b', 'neither on Hugging Face nor on GitHub'],
    ['https://huggingface.co/spaces/a/b', 'a space is neither a model nor a data set'],
    ['https://github.com/openai', 'names no repository'],
    ['https://huggingface.co/', 'names no model'],
    ['what is this', 'not an address'],
  ] as const;
  for (const [text, problem] of problems) expect(linesOf(text)[0]?.problem, text).toBe(problem);
});

test('the same repository in another spelling is a duplicate', () => {
  const lines = linesOf(
    'https://huggingface.co/google/bert\n\n# a comment\nhttp://HuggingFace.co/Google/bert/tree/main/\nhttps://github.com/a/b.git, github.com/a/b',
  );
  expect(lines.map(({ number, problem }) => [number, problem])).toEqual([
    [1, undefined],
    [4, 'the same as on line 1'],
    [5, undefined],
    [5, 'the same as on line 5'],
  ]);
});
