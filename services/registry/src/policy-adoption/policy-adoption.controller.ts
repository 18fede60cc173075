import { Body, Controller, Inject, Query, Res } from '@nestjs/common';
import { ROLE_NAMES, type RequestCaller } from 'aftercare/access';
import { AdoptPolicyForm } from 'aftercare/contracts';
import { adoptingPolicyBook, POLICY_BOOK_ID, readAdoption } from 'aftercare/policy';
import {
  Caller, CommandDesk, CreateRoute, HttpProblem, ListRoute, Lists, personSignature, Signer, signingProblem, type CommandCall,
} from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { policyAdoptionView } from './policy-adoption.view.js';

/** Which rules the company is held to from when on. Nothing here is ever changed or taken back: a new version follows. */
@Controller('policy-adoptions')
export class PolicyAdoptionController {
  constructor(@Inject(CommandDesk) private readonly desk: CommandDesk, @Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('Adopted policies with validity, signer and reason 政策采用记录', 'registry.clerk', 'intake.administrator', 'quality.head', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, policyAdoptionView, query);
  }

  @CreateRoute('Put a policy into force, signed 采用政策', 'manager')
  async adopt(@Body() body: AdoptPolicyForm, @Caller() call: CommandCall, @Signer() signer: RequestCaller) {
    const read = await readAdoption(body.document, { roles: ROLE_NAMES });
    if (!read.sound) throw notSound(read.faults);
    const { text, name } = read.adopted;
    const signed = personSignature(signer, { meaning: 'adopted', sha256: name.digest, now: Date.now() });
    if ('refused' in signed) throw signingProblem(signed.refused);
    return this.desk.open(adoptingPolicyBook, POLICY_BOOK_ID, { type: 'AdoptPolicy', text, why: body.why }, { ...call, signature: signed.signature });
  }
}

function notSound(faults: readonly string[]): HttpProblem {
  const shown = faults.slice(0, 20).join('; ');
  return new HttpProblem({
    status: 422, code: 'policy-not-sound', field: 'document',
    detail: { zh: `政策文件不能采用，请先运行 aftercare policy check：${shown}`, en: `This cannot be adopted; run aftercare policy check first: ${shown}` },
  });
}
