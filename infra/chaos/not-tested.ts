/** What a reader must not conclude from the table above it. */
export const NOT_TESTED = `## What a kill does not test

- **The page cache survives.** \`kill -9\` ends a process, not the machine: what it had written and not synced is still there for the next one. A missing \`fsync\` would pass every
  kill. Against that stand \`synchronous = FULL\`, read back on every open, the synchronous commit of PostgreSQL, and the suite that lets \`fsync\` fail.
- **Power loss is only imitated**: by setting the bus back to an earlier disk, by wiping it, and by errors of single calls. A write that is torn in the middle of a sector, a file system that
  reorders writes, and a disk that reports a sync and did not do it are not played.
- **An error of the disk is one of four calls** (fsync, fdatasync, pwrite64, a file that may not grow). A failed sync during a checkpoint of the write-ahead log is reported to nobody by
  SQLite; the log then still stands in the write-ahead log, and whether the disk tells the truth the next time is its matter.
- **One machine.** Real clocks are one clock, loopback is fast and orders packets. Clocks apart, and a bus that forgets on one side only, are played in the simulation and not with real servers.
- **The simulation is as good as its model** of bus, disk and time. Its relay, inbox, catching up and reactions are the code that serves; its store is the one in memory, its deciders are small ones.
- **Nobody lies.** Departments, bus and disks fail, but do not forge: a server that invents events of a department, bits that turn in memory, and rows edited by their owner are other suites' matter.
- **No replicated bus or database.** One nats-server, one PostgreSQL. What failover of a cluster loses or repeats is not measured here.
- **Minutes, not months.** Leaks, full disks after a year, and versions that change while faults happen need other runs.`;
