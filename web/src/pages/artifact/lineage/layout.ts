import { Graph as Layers, layout } from '@dagrejs/dagre';
import type { ArtifactLineageGraph } from '@/api/generated/types.gen';

export const NODE = { width: 220, height: 74 };

/** Where each node of a graph stands, bases to the left of what was made from them. */
export function placesOf(graph: ArtifactLineageGraph): Map<string, { x: number; y: number }> {
  const layers = new Layers();
  layers.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 90 });
  layers.setDefaultEdgeLabel(() => ({}));
  for (const { artifact_id } of graph.nodes) layers.setNode(artifact_id, { ...NODE });
  for (const edge of graph.edges) {
    layers.setEdge(edge.from_node_artifact_id, edge.to_node_artifact_id);
  }
  layout(layers);
  return new Map(
    graph.nodes.map(({ artifact_id }) => {
      const { x, y } = layers.node(artifact_id);
      return [artifact_id, { x: x - NODE.width / 2, y: y - NODE.height / 2 }];
    }),
  );
}
