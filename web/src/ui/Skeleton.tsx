/** The shape of what is being fetched: lines of a height, so that nothing moves when it comes. */
export function Skeleton({ lines = 3, height = '1.25rem' }: { lines?: number; height?: string }) {
  const widths = ['100%', '92%', '97%', '85%', '94%'];
  return (
    <div role="status" aria-label="Loading" className="grid gap-3">
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
          key={line}
          className="skeleton"
          style={{ height, width: widths[line % widths.length] }}
        />
      ))}
    </div>
  );
}
