import type { ChaosResult } from './result.js';

export function machineLines({ seed, scale, beganAt, seconds, machine, postgres }: ChaosResult): readonly (readonly [string, string])[] {
  return [
    ['run', `seed ${seed}, scale ${scale}, ${beganAt}, ${seconds} s`], ['processor', `${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, load ${machine.loadBefore} before`],
    ['system', `${machine.system}, data on ${machine.fileSystem}`], ['versions', `node ${machine.node}, sqlite ${machine.sqlite}, nats-server ${machine.nats}, ${postgres}`], ['durability', machine.durability],
  ];
}
