// The yardstick: `?n=200` SVG groups, of a shape each, moved by `transform` on every frame.
// Nothing else.
const SVG = "http://www.w3.org/2000/svg";
const N = Number(new URLSearchParams(location.search).get("n"));

const svg = document.createElementNS(SVG, "svg");
svg.setAttribute("width", "100%");
svg.setAttribute("height", "100%");
const groups = [];
for (let i = 0; i < N; i += 1) {
  const group = document.createElementNS(SVG, "g");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", "M-10,-6.5h13l7,6.5l-7,6.5h-13z");
  group.append(shape);
  svg.append(group);
  const from = [(i * 97) % 1000, (i * 53) % 600];
  groups.push({ group, from, to: [(i * 31) % 1000, (i * 71) % 600] });
}
document.getElementById("app").append(svg);

const began = performance.now();
function frame(now) {
  const t = ((now - began) % 1000) / 1000;
  for (const { group, from, to } of groups) {
    const x = from[0] + (to[0] - from[0]) * t;
    const y = from[1] + (to[1] - from[1]) * t;
    group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
