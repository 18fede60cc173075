import { startService } from 'aftercare/service-host';
import { logistics } from './logistics.module.js';

await startService(logistics);
