import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { Frame } from './components/Frame';
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

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, settings]),
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
