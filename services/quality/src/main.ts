import { startService } from 'aftercare/service-host';
import { quality } from './quality.module.js';

await startService(quality);
