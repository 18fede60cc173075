import { BenchCluster, letAnswersWait, postgresDurability } from './cluster.js';
import { NotDurable } from './contestant.js';
import { sqliteDurability } from './sqlite-durability.js';

describe('a contestant that does not wait for the disk', () => {
  it.each([['NORMAL, which WAL does not sync at a commit', 'wal', 1], ['OFF', 'wal', 0], ['a journal in memory', 'memory', 2]])('on sqlite with %s is not measured', (_, journal, synchronous) => {
    expect(() => sqliteDurability(journal, synchronous)).toThrow(NotDurable);
  });

  it('on sqlite with WAL and FULL is', () => {
    expect(sqliteDurability('wal', 2)).toBe('WAL, synchronous=FULL');
  });

  it('on PostgreSQL is not measured either, until its answers wait again', async () => {
    const cluster = await BenchCluster.start();
    try {
      await cluster.createDatabase('hasty');
      await letAnswersWait(cluster, 'hasty', false);
      await expect(postgresDurability(cluster, 'hasty')).rejects.toThrow('synchronous_commit is off');
      await letAnswersWait(cluster, 'hasty', true);
      expect(await postgresDurability(cluster, 'hasty')).toContain('fsync=on, synchronous_commit=on');
    } finally {
      await cluster.stop();
    }
  }, 60_000);
});
