import type { Order } from './order';
import { live } from './life';
import { pointFiles, Points, pointStore, sayAtOnce } from './points';

const order = JSON.parse(process.argv[2]!) as Order;
const points = new Points(order.killAt);
pointStore(points);
pointFiles([order.dataFolder, order.outFolder], points);
await live(order, sayAtOnce, (name) => points.pass(name));
