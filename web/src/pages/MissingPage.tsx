import { Link } from '@tanstack/react-router';
import { Failed } from '@/components/Loaded';
import { Page } from '@/components/Page';
import { buttonLook } from '@/ui/Button';
import { Notice } from '@/ui/Notice';

/** For addresses that lead nowhere. */
export function MissingPage() {
  return (
    <Page title="Nothing is here">
      <Notice
        title="This address leads nowhere"
        action={
          <Link to="/" className={buttonLook()}>
            To the start
          </Link>
        }
      >
        It may have been mistyped, or what it showed was removed.
      </Notice>
    </Page>
  );
}

/** For a page that broke: what loads it again may mend it. */
export function CrashedPage({ error }: { error: unknown }) {
  return (
    <Page title="This page broke">
      <Failed error={error} retry={() => location.reload()} />
    </Page>
  );
}
