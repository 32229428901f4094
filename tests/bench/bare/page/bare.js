// The second frame begins when the first one has been painted.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("painted")));
