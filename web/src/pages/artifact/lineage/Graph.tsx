import { Link } from '@tanstack/react-router';
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import { useMemo } from 'react';
import '@xyflow/react/dist/style.css';
import type { ArtifactLineageGraph, ArtifactLineageNode } from '@/api/generated/types.gen';
import { TypeIcon } from '@/components/marks';
import { Streak } from '@/components/Streak';
import { repository, score } from '@/lib/format';
import { paths } from '@/lib/paths';
import './graph.css';
import { NODE, placesOf } from './layout';

type LineageNode = Node<{ node: ArtifactLineageNode; isCentre: boolean }, 'lineage'>;

const NODE_TYPES = { lineage: LineageBox };

/** The graph, to pan, zoom and click through. */
function Graph({ graph, centre }: { graph: ArtifactLineageGraph; centre: string }) {
  const { nodes, edges } = useMemo(() => flowOf(graph, centre), [graph, centre]);
  return (
    <section
      className="lineage h-[min(32rem,70vh)] overflow-hidden rounded-md border border-line"
      aria-label="Graph"
    >
      <ReactFlow
        key={centre}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.12 }}
        minZoom={0.05}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function flowOf(graph: ArtifactLineageGraph, centre: string) {
  const places = placesOf(graph);
  const nodes: LineageNode[] = graph.nodes.map((node) => ({
    id: node.artifact_id,
    type: 'lineage',
    position: places.get(node.artifact_id) ?? { x: 0, y: 0 },
    ...NODE,
    data: { node, isCentre: node.artifact_id === centre },
  }));
  const edges: Edge[] = graph.edges.map((edge) => ({
    id: `${edge.from_node_artifact_id} ${edge.to_node_artifact_id} ${edge.relation}`,
    source: edge.from_node_artifact_id,
    target: edge.to_node_artifact_id,
    label: edge.relation.replaceAll('_', ' '),
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
  }));
  return { nodes, edges };
}

function LineageBox({ data: { node, isCentre } }: NodeProps<LineageNode>) {
  const { registered, type, repository_url, net_score } = node.metadata;
  const look = `flex h-full flex-col justify-center rounded-lg border px-3 text-left ${
    isCentre
      ? 'border-2 border-gold-deep bg-accent-soft'
      : registered
        ? 'border-line-strong bg-surface hover:border-ink'
        : 'border-dashed border-line-strong bg-sunken text-muted'
  }`;
  const inside = (
    <>
      <span className="flex items-center gap-1.5">
        <TypeIcon type={type} size={14} />
        <span className="truncate font-medium">{node.name}</span>
      </span>
      <span className="truncate text-[0.8rem] text-muted">
        {registered ? repository(repository_url) : 'not registered'}
      </span>
      {typeof net_score === 'number' && (
        <span className="mt-1 flex items-center gap-2">
          <Streak score={net_score} label="Net score" className="h-2 flex-1" />
          <span className="font-mono text-[0.8rem]">{score(net_score)}</span>
        </span>
      )}
    </>
  );
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {registered ? (
        <Link
          to={paths.artifact(type, node.artifact_id, type === 'model' ? 'lineage' : undefined)}
          className={`nopan ${look}`}
          aria-current={isCentre ? 'true' : undefined}
        >
          {inside}
        </Link>
      ) : (
        <a href={repository_url} target="_blank" rel="noreferrer" className={`nopan ${look}`}>
          {inside}
        </a>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

// biome-ignore lint/style/noDefaultExport: React loads it later by this
export default Graph;
