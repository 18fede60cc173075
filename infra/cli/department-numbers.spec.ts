import { departmentNumbers } from './department-numbers.js';
import type { Connection } from './connection.js';

it('counts what a department has not dealt with, and leaves out one that does not answer', async () => {
  const status = (head: number, due: number, quarantined: number, isOwnerBehind: boolean) =>
    ({ head, views: { lagEvents: 1 }, relay: { lag: 2 }, sources: [{ source: 'intake', due, isOwnerBehind }], quarantined });
  const answers: Record<string, object> = { '/intake/operations/status': status(10, 10, 0, false), '/quality/operations/status': status(4, 3, 5, true) };
  const request = async (path: string): Promise<Response> => {
    if (!answers[path]) throw new Error('away');
    return Response.json(answers[path]);
  };
  const numbers = await departmentNumbers({ url: '', request, get: async () => { throw new Error('not asked'); } } satisfies Connection, ['intake', 'quality', 'surveys']);
  expect([...numbers]).toEqual([
    ['intake', { events: 10, lag: 3, quarantined: 0, setBack: [] }],
    ['quality', { events: 4, lag: 10, quarantined: 5, setBack: ['intake'] }],
  ]);
});
