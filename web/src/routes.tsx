import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
} from '@tanstack/react-router';
import { Frame } from './components/Frame';
import { ARTIFACT_TYPES } from './components/marks';
import { basePath } from './lib/base';
import { searchOf, searchText } from './lib/search';
import { HomePage } from './pages/home/HomePage';
import { CrashedPage, MissingPage } from './pages/MissingPage';

/** The table of contents: every page and the address that it has. */

const root = createRootRoute({
  component: Frame,
  notFoundComponent: MissingPage,
  errorComponent: CrashedPage,
  validateSearch: (search: Record<string, unknown>) => search as Record<string, string | undefined>,
});

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });

const browse = createRoute({
  getParentRoute: () => root,
  path: '/browse',
  component: lazyRouteComponent(() => import('./pages/browse/BrowsePage'), 'BrowsePage'),
});

/** Not every first word is a type: anything else is nowhere. */
const artifact = createRoute({
  getParentRoute: () => root,
  path: '/$type/$id',
  beforeLoad: ({ params }) => {
    if (!ARTIFACT_TYPES.some((type) => type === params.type)) throw notFound();
  },
  component: lazyRouteComponent(() => import('./pages/artifact/ArtifactPage'), 'ArtifactPage'),
});

const artifactTabs = [
  createRoute({
    getParentRoute: () => artifact,
    path: '/',
    component: lazyRouteComponent(
      () => import('./pages/artifact/overview/OverviewTab'),
      'OverviewTab',
    ),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'rating',
    component: lazyRouteComponent(() => import('./pages/artifact/rating/RatingTab'), 'RatingTab'),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'files',
    component: lazyRouteComponent(() => import('./pages/artifact/files/FilesTab'), 'FilesTab'),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'lineage',
    component: lazyRouteComponent(
      () => import('./pages/artifact/lineage/LineageTab'),
      'LineageTab',
    ),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'cost',
    component: lazyRouteComponent(() => import('./pages/artifact/cost/CostTab'), 'CostTab'),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'licence',
    component: lazyRouteComponent(
      () => import('./pages/artifact/licence/LicenceTab'),
      'LicenceTab',
    ),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'revisions',
    component: lazyRouteComponent(
      () => import('./pages/artifact/revisions/RevisionsTab'),
      'RevisionsTab',
    ),
  }),
  createRoute({
    getParentRoute: () => artifact,
    path: 'activity',
    component: lazyRouteComponent(
      () => import('./pages/artifact/activity/ActivityTab'),
      'ActivityTab',
    ),
  }),
];

const ingest = createRoute({
  getParentRoute: () => root,
  path: '/ingest',
  component: lazyRouteComponent(() => import('./pages/ingest/IngestPage'), 'IngestPage'),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  component: lazyRouteComponent(() => import('./pages/compare/ComparePage'), 'ComparePage'),
});

const status = createRoute({
  getParentRoute: () => root,
  path: '/status',
  component: lazyRouteComponent(() => import('./pages/status/StatusPage'), 'StatusPage'),
});

const reference = createRoute({
  getParentRoute: () => root,
  path: '/reference',
  component: lazyRouteComponent(() => import('./pages/reference/ReferencePage'), 'ReferencePage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    browse,
    artifact.addChildren(artifactTabs),
    ingest,
    compare,
    status,
    reference,
    settings,
  ]),
  basepath: basePath,
  parseSearch: searchOf,
  stringifySearch: searchText,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultNotFoundComponent: MissingPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
