/** A thread that renders one edition with the templates and texts of this moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { renderEdition } from '../../lib/rendering/edition.ts';

parentPort?.postMessage(renderEdition(workerData.edition, workerData.site));
