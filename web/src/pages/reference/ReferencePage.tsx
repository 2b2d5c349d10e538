import { Page } from '@/components/Page';
import { base } from '@/lib/base';
import { addresses } from '@/lib/paths';
import { buttonLook } from '@/ui/Button';

/** The interactive documentation in the app's frame. */
export function ReferencePage() {
  return (
    <Page
      title="API"
      lead="Everything these pages do, programs can do too."
      aside={
        <div className="flex flex-wrap gap-2">
          <a href={addresses.openapi()} className={buttonLook()}>
            OpenAPI document
          </a>
          <a href={`${base}/redoc`} className={buttonLook()}>
            To read
          </a>
        </div>
      }
    >
      <iframe
        title="Interactive documentation"
        src={addresses.docs()}
        className="h-[calc(100dvh-13rem)] min-h-120 w-full rounded-card border border-line bg-[white] [color-scheme:light]"
      />
    </Page>
  );
}
