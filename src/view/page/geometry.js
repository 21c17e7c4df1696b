/* Where lines run: from outline to outline, parallel ones bent apart, heads at their ends.
 *
 * All in the diagram's own units. A line is a quadratic curve: begin, control, end.
 */
import { KINDS } from "./theme.js";

const BEND = 26; /* between parallel ties */

/* How far along (dx, dy), in halves of the shape's size, its outline is. */
function reach(look, dx, dy) {
  if (look.shape === "ellipse") return 1 / Math.hypot(dx, dy);
  if (!look.points) return 1 / Math.max(Math.abs(dx), Math.abs(dy));
  const at = look.points, n = at.length;
  let far = 0;
  for (let i = 0; i < n; i += 2) {
    const px = at[i], py = at[i + 1], ex = at[(i + 2) % n] - px, ey = at[(i + 3) % n] - py;
    const cross = dx * ey - dy * ex;
    if (Math.abs(cross) < 1e-9) continue;
    const along = (px * ey - py * ex) / cross, across = (px * dy - py * dx) / cross;
    if (along > far && across >= -1e-9 && across <= 1 + 1e-9) far = along;
  }
  return far || 1;
}

function outlinePoint(actor, x, y) {
  const dx = (x - actor.x) / (actor.w / 2), dy = (y - actor.y) / (actor.h / 2);
  if (!dx && !dy) return [actor.x, actor.y];
  const far = reach(KINDS[actor.kind], dx, dy);
  return [actor.x + far * (x - actor.x), actor.y + far * (y - actor.y)];
}

/* The curve of a tie that is the `place`-th of `count` between its two actors. */
export function curveOf(from, to, place, count) {
  const [a, b] = from.index < to.index ? [from, to] : [to, from];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1, bend = BEND * (place - (count - 1) / 2);
  const cx = (a.x + b.x) / 2 - (b.y - a.y) / length * bend;
  const cy = (a.y + b.y) / 2 + (b.x - a.x) / length * bend;
  const [x0, y0] = outlinePoint(from, cx, cy), [x1, y1] = outlinePoint(to, cx, cy);
  /* Where the two shapes all but touch, the control stays between the ends. */
  return { x0, y0, cx: bend ? cx : (x0 + x1) / 2, cy: bend ? cy : (y0 + y1) / 2, x1, y1, bent: bend !== 0 };
}

/* The head at the end of a curve: its two wings, and where the line meets it. */
export function headOf(curve, size) {
  const dx = curve.x1 - curve.cx, dy = curve.y1 - curve.cy, length = Math.hypot(dx, dy) || 1;
  const ux = dx / length, uy = dy / length, bx = curve.x1 - ux * size, by = curve.y1 - uy * size;
  return { left: [bx - uy * size * 0.45, by + ux * size * 0.45],
    right: [bx + uy * size * 0.45, by - ux * size * 0.45], base: [bx, by],
    notch: [curve.x1 - ux * size * 0.6, curve.y1 - uy * size * 0.6] };
}

export const headSize = (width) => 6 + 1.3 * width;

export function pointOf(curve, t) {
  const s = 1 - t;
  return [s * s * curve.x0 + 2 * s * t * curve.cx + t * t * curve.x1,
    s * s * curve.y0 + 2 * s * t * curve.cy + t * t * curve.y1];
}

/* The distance of a point from the curve. */
export function distance(curve, x, y) {
  const steps = curve.bent ? 8 : 1;
  let least = Infinity, [ax, ay] = [curve.x0, curve.y0];
  for (let i = 1; i <= steps; i++) {
    const [bx, by] = steps === 1 ? [curve.x1, curve.y1] : pointOf(curve, i / steps);
    const ex = bx - ax, ey = by - ay, square = ex * ex + ey * ey;
    const t = square ? Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / square)) : 0;
    least = Math.min(least, Math.hypot(ax + t * ex - x, ay + t * ey - y));
    [ax, ay] = [bx, by];
  }
  return least;
}

const PAD = 9, ROUND = 7;

/* Boxes around actors and their parts, outer ones first, of those that are shown. */
export function boxesOf(data, actorSet) {
  if (!data.boxed) return [];
  const bounds = new Map();
  const depth = (actor) => (actor.parent === undefined ? 0 : 1 + depth(data.actors[actor.parent]));
  const heads = [...new Set(data.drawn.map((actor) => actor.parent))].filter((index) => index !== undefined)
    .map((index) => data.actors[index]).sort((a, b) => depth(b) - depth(a));
  const grow = (head, x0, y0, x1, y1) => {
    const box = bounds.get(head) ?? { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
    bounds.set(head, { x0: Math.min(box.x0, x0), y0: Math.min(box.y0, y0), x1: Math.max(box.x1, x1), y1: Math.max(box.y1, y1) });
  };
  for (const actor of actorSet) {
    const head = heads.includes(actor) ? actor : data.actors[actor.parent];
    if (head) grow(head, actor.x - actor.w / 2, actor.y - actor.h / 2, actor.x + actor.w / 2, actor.y + actor.h / 2);
  }
  for (const head of heads) {
    const box = bounds.get(head), outer = data.actors[head.parent];
    if (!box) continue;
    Object.assign(box, { x0: box.x0 - PAD, y0: box.y0 - PAD, x1: box.x1 + PAD, y1: box.y1 + PAD });
    if (outer) grow(outer, box.x0, box.y0, box.x1, box.y1);
  }
  return heads.filter((head) => bounds.has(head)).map((head) => ({ ...bounds.get(head), round: ROUND })).reverse();
}
