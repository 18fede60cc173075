import { Logger } from '@nestjs/common';
import { firstUncovered, needsSuccessor, type PolicyStanding } from 'aftercare/policy';

interface Alarm { warn(message: string): void }

interface PolicyEndParts {
  /** Undefined while a department is being set up and its book is empty. */
  readonly standing: () => Promise<PolicyStanding | undefined>;
  readonly everyMs: number;
  readonly alarm?: Alarm;
}

/** A day of the business zone begins at any minute of the machine's; an hour late is soon enough to be told. */
export const LOOK_EVERY_MS = 3_600_000;

/** Says once a day that what is adopted has ended, or ends within thirty days: the last policy stays in force and nothing else shows it. */
export class PolicyEndWatch {
  private readonly alarm: Alarm;
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private saidOn: string | null = null;

  constructor(private readonly parts: PolicyEndParts) {
    this.alarm = parts.alarm ?? new Logger('PolicyEnd');
  }

  start(): void {
    this.round = this.tried();
    this.timer = setInterval(() => { this.round = this.round.then(() => this.tried()); }, this.parts.everyMs);
  }

  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.round;
  }

  async look(): Promise<void> {
    const standing = await this.parts.standing();
    if (!standing || !needsSuccessor(standing) || standing.today === this.saidOn) return;
    this.saidOn = standing.today;
    this.alarm.warn(sentenceOf(standing));
  }

  private tried(): Promise<void> {
    return this.look().catch((error: Error) => this.alarm.warn(`the end of the policy was not looked at: ${error.message}`));
  }
}

function sentenceOf(standing: PolicyStanding): string {
  const { adoption, ended, endsInDays, successor } = standing;
  const days = Math.abs(endsInDays ?? 0);
  const toDo = successor === null ? 'adopt a successor' : `no day from ${firstUncovered(standing)} on is covered until ${successor.adoption} begins on ${successor.from}: adopt one for the days between`;
  return ended ? `every adopted policy has ended, the last day was ${days} days ago; ${adoption} stays in force: ${toDo}`
    : `what is adopted ends in ${days} days; ${adoption} is in force: ${toDo}`;
}
