/** Matrices and planes as pictures. */
export const MATRICES = {
  "matrices.head": "{layer}, head {head}: who looks at whom",
  "matrices.summary": "Weights and who looks at whom, as images",
  "matrices.title": "Matrices",
  "matrices.gradient": "gradient of {name}",
  "matrices.about": "{size} · up to {most} · d up to {gradient}",
  "matrices.about.missing": "{size} · up to {most} · gradient not computed",
  "matrices.missing": "{label}: not computed",
  "matrices.rows": "rows: {tokens}",
  "matrices.plane": "{name} · tokens in the plane",
  "matrices.axes": "The axes hold {first} % and {second} % of how they differ.",
  "matrices.closest": "Closest here: {one} and {other}.",
};
