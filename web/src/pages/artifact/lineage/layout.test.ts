import { expect, test } from 'vitest';
import type { ArtifactLineageGraph } from '@/api/generated/types.gen';
import { placesOf } from './layout';

const graph = (ids: string[], edges: [string, string][]) =>
  ({
    nodes: ids.map((artifact_id) => ({ artifact_id })),
    edges: edges.map(([from, to]) => ({ from_node_artifact_id: from, to_node_artifact_id: to })),
  }) as ArtifactLineageGraph;

test('bases stand to the left of what was made from them, and nothing overlaps', () => {
  const places = placesOf(
    graph(
      ['base', 'one', 'two'],
      [
        ['base', 'one'],
        ['base', 'two'],
      ],
    ),
  );
  const [base, one, two] = ['base', 'one', 'two'].map((id) => places.get(id) ?? { x: 0, y: 0 });
  expect(base?.x).toBeLessThan(one?.x ?? 0);
  expect(one?.x).toBe(two?.x);
  expect(Math.abs((one?.y ?? 0) - (two?.y ?? 0))).toBeGreaterThanOrEqual(74);
});

test('a circle is laid out too', () => {
  expect(
    placesOf(
      graph(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).size,
  ).toBe(2);
});
