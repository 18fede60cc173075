import { Injectable } from '@nestjs/common';
import { isCaseId, type Aggregate, type DomainEvent } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import { HttpProblem, problemOfRefusal } from '../http/index.js';
import type { CommandCall, CommandReceipt } from './command-call.js';
import { Commands, type Outcome } from './commands.js';

/** Where controllers hand in commands: outcomes become receipts or problem details. */
@Injectable()
export class CommandDesk {
  constructor(private readonly commands: Commands) {}

  /** @throws HttpProblem */
  async create<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, command: C, call: CommandCall,
  ): Promise<CommandReceipt> {
    return receiptOf(await this.commands.create(aggregate, command, call));
  }

  /** A new aggregate whose id is computed from a name, such as a lot. @throws HttpProblem */
  async open<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, id: string, command: C, call: CommandCall,
  ): Promise<CommandReceipt> {
    return receiptOf(await this.commands.execute(aggregate, id, command, call));
  }

  /** @throws HttpProblem 404 for an id that was never opened, 412 for a version that is no longer the last. */
  async send<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, id: string, command: C, call: CommandCall,
  ): Promise<CommandReceipt> {
    if (!isCaseId(id)) throw unknown(aggregate.name, id);
    const outcome = await this.commands.execute(aggregate, id, command, call);
    if (outcome.outcome === 'refused' && outcome.isNew) throw unknown(aggregate.name, id);
    return receiptOf(outcome);
  }
}

function unknown(name: string, id: string): HttpProblem {
  return new HttpProblem({
    status: 404, code: `unknown-${name}`, detail: { zh: `没有编号为 ${id} 的记录。`, en: `There is no ${name} with id ${id}.` }, field: 'id',
  });
}

function receiptOf(outcome: Outcome): CommandReceipt {
  switch (outcome.outcome) {
    case 'done': return outcome.receipt;
    case 'refused': throw problemOfRefusal(outcome.refusal);
    case 'late': throw new HttpProblem({
      status: 412, code: 'version-changed', current: { version: outcome.version, stage: outcome.stage },
      detail: { zh: '该记录已被他人更新，请重新载入后再操作。', en: 'Somebody else changed this record; reload it and decide again.' }, field: 'If-Match',
    });
  }
}
