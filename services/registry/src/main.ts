import { startService } from 'aftercare/service-host';
import { registry } from './registry.module.js';

await startService(registry);
