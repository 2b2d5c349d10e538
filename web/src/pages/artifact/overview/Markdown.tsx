import { ImageOff } from 'lucide-react';
import type { AnchorHTMLAttributes, ImgHTMLAttributes } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import './markdown.css';

/** A README as its author meant it, without anything that runs or is loaded from elsewhere. */
function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeRaw, rehypeSanitize]}
        components={COMPONENTS}
      >
        {text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '')}
      </ReactMarkdown>
    </div>
  );
}

const COMPONENTS: Components = {
  a: SafeLink,
  img: NoPicture,
  // The page's own heading is the first.
  h1: ({ children }) => <h3 className="is-first">{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} readOnly disabled aria-label="Task" />
  ),
};

function SafeLink({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  if (!href || !/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer nofollow ugc">
      {children}
    </a>
  );
}

/** Pictures would tell other servers who reads this; their words stand in for them. */
function NoPicture({ alt }: ImgHTMLAttributes<HTMLImageElement>) {
  if (!alt) return null;
  return (
    <span className="no-picture">
      <ImageOff size={13} aria-hidden /> {alt}
    </span>
  );
}

// biome-ignore lint/style/noDefaultExport: React loads it later by this
export default Markdown;
