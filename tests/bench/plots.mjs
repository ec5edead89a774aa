// Two plain plots, for docs/benchmarks.md.

const FONT = 'font-family="system-ui, sans-serif" font-size="12" fill="#444"';

/** Bars of what is downloaded, in brotli: this package's, then the others'. */
export function sizePlot(bytes) {
  const rows = Object.entries(bytes);
  const most = Math.max(...rows.map(([, { brotli }]) => brotli));
  const bars = rows.map(([name, { brotli }], row) => {
    const y = 10 + row * 26;
    const width = Math.round((brotli / most) * 400);
    return `<text x="290" y="${y + 13}" text-anchor="end">${name}</text>
<rect x="300" y="${y}" width="${width}" height="18" fill="${row < 5 ? '#2f6299' : '#9aa5b1'}"/>
<text x="${306 + width}" y="${y + 13}">${brotli.toLocaleString('en')}</text>`;
  });
  return svg(790, 20 + rows.length * 26, bars);
}

/** Nanoseconds for each URL, by the length of the list. */
export function growthPlot(growth) {
  const series = { checkRepositoryUrls: 'this package', 'careful JavaScript': 'careful JavaScript' };
  const most =
    Math.ceil(Math.max(...growth.flatMap((row) => Object.keys(series).map((key) => row[key].median))) / 200) * 200;
  const x = ({ length }) => 80 + ((Math.log10(length) - 2) / 4) * 460;
  const y = (value) => Math.round(200 - (value / most) * 180);
  const line = ([key, name], colour) => {
    const points = growth.map((row) => `${Math.round(x(row))},${y(row[key].median)}`).join(' ');
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>
<text x="550" y="${y(growth.at(-1)[key].median) + 4}" style="fill: ${colour}">${name}</text>`;
  };
  const ticks = growth
    .filter(({ length }) => Number.isInteger(Math.log10(length)))
    .map(
      (row) => `<text x="${Math.round(x(row))}" y="220" text-anchor="middle">${row.length.toLocaleString('en')}</text>`,
    );
  const scale = [0, most / 2, most].map(
    (value) => `<text x="70" y="${y(value) + 4}" text-anchor="end">${Math.round(value)} ns</text>`,
  );
  const lines = Object.entries(series).map((entry, index) => line(entry, ['#2f6299', '#9a5a2c'][index]));
  return svg(700, 240, [...lines, ...ticks, ...scale]);
}

function svg(width, height, parts) {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${FONT}>`;
  return `${head}\n<rect width="${width}" height="${height}" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}
