import { startService } from 'aftercare/service-host';
import { billing } from './billing.module.js';

await startService(billing);
