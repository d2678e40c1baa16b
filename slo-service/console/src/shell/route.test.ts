import { expect, test } from 'vitest';
import { paths, routeOfPath } from './route.ts';

test('every path has a page', () => {
  expect(routeOfPath('/')).toEqual({ page: 'now' });
  expect(routeOfPath('/timeline')).toEqual({ page: 'timeline' });
  expect(routeOfPath('/alerts')).toEqual({ page: 'timeline' });
  expect(routeOfPath('/report/x')).toEqual({ page: 'report', id: 'x' });
  expect(routeOfPath('/what-if')).toEqual({ page: 'draft' });
  expect(routeOfPath('/logs')).toEqual({ page: 'logs' });
  expect(routeOfPath('/dashboards')).toEqual({ page: 'dashboards' });
  expect(routeOfPath('/dashboards/home')).toEqual({ page: 'dashboard', id: 'home' });
  expect(routeOfPath('/dashboard/home')).toEqual({ page: 'missing' });
  expect(routeOfPath(paths.objective('order-latency'))).toEqual({
    page: 'objective',
    id: 'order-latency',
  });
  expect(routeOfPath(paths.alert('a/b c'))).toEqual({ page: 'alert', id: 'a/b c' });
  expect(routeOfPath('/nothing')).toEqual({ page: 'missing' });
  expect(routeOfPath('/trace/1/2')).toEqual({ page: 'missing' });
});

test('a path that cannot be decoded is missing, not an error', () => {
  expect(routeOfPath('/trace/%zz')).toEqual({ page: 'missing' });
});

test('a link to logs stays short', () => {
  const link = paths.logs('{service=~".+"} |= "error"', 1_795_000_000_000, 1_795_000_600_000);
  expect(link.length).toBeLessThanOrEqual(300);
});
