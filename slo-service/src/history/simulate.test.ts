import assert from 'node:assert/strict';
import { it } from 'node:test';
import { simulateHistory } from './simulate.ts';
import type { SimulatedObjective, Simulation } from './simulate.ts';

const range = { fromMinute: 29_000_000, toMinute: 29_000_000 + 30 * 1440 };

const promise = (id: string, options: Partial<SimulatedObjective> = {}): SimulatedObjective => ({
  id,
  pageGroup: id,
  pages: false,
  dependsOn: [],
  kind: 'availability',
  ...options,
});

const route = (name: string, kind: string) =>
  promise(`${name}-${kind}`, { pageGroup: name, pages: true, kind, dependsOn: [`${name}-db`] });

const market = ['account', 'order', 'product'].flatMap((name) => [
  route(name, 'availability'),
  route(name, 'latency'),
  promise(`${name}-db`, { kind: 'latency' }),
]);

it('gives the same history for the same seed, and another for another', () => {
  const told = (seed?: string) => JSON.stringify(simulateHistory(market.slice(0, 2), range, seed));
  assert.equal(told(), told());
  assert.notEqual(told('other'), told());
});

it('fills every minute, with whole events and never more bad than valid ones', () => {
  for (const { objective, minutes } of simulateHistory(market, range).minutes) {
    assert.equal(minutes.length, range.toMinute - range.fromMinute, objective);
    assert.ok(minutes.every(({ valid, bad }) => Number.isInteger(bad) && bad <= valid && bad >= 0));
    assert.ok(minutes.every(({ valid }) => Number.isInteger(valid)));
  }
});

it('lets promises of one route count the same requests', () => {
  const { minutes } = simulateHistory(market, range);
  const valid = (id: string) =>
    minutes.find(({ objective }) => objective === id)?.minutes.map((one) => one.valid);
  assert.deepEqual(valid('order-latency'), valid('order-availability'));
  assert.notDeepEqual(valid('order-latency'), valid('product-latency'));
});

it('has three incidents that spend budget, and leaves some of every budget', () => {
  const simulation = simulateHistory(market, range);
  assert.deepEqual(
    simulation.incidents.map(({ name }) => name),
    ['slow queries', 'a bad version', 'a dead service'],
  );
  for (const { group, fromMinute, toMinute, failed, slow } of simulation.incidents) {
    const [bad, valid] = sums(simulation, `${group}-latency`, fromMinute, toMinute);
    assert.ok(bad / valid > 0.8 * (failed + slow), `${group}: ${bad} of ${valid}`);
  }
  for (const { objective } of simulation.minutes) {
    const [bad, valid] = sums(simulation, objective, range.fromMinute, range.toMinute);
    assert.ok(bad / valid < 0.01, `${objective} spent ${(bad / valid) * 100} of its budget`);
    assert.ok(bad > 0, `${objective} had no bad event at all`);
  }
});

function sums({ minutes }: Simulation, id: string, from: number, to: number): [number, number] {
  const entries = minutes
    .find(({ objective }) => objective === id)
    ?.minutes.filter(({ minute }) => minute >= from && minute < to);
  assert.ok(entries !== undefined);
  return [
    entries.reduce((sum, { bad }) => sum + bad, 0),
    entries.reduce((sum, { valid }) => sum + valid, 0),
  ];
}
