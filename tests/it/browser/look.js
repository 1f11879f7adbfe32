// Measures a page as a reader sees it; gives a list of what is wrong. Colours are blended as they
// lie on one another.
(() => {
  const wrong = [];
  for (const part of document.querySelectorAll("details")) part.open = true;
  const rgba = (text) => {
    const found = text.match(/rgba?\(([^)]+)\)/);
    if (!found) throw new Error("not a colour: " + text);
    const [r, g, b, a = 1] = found[1].split(/[ ,/]+/).map(Number);
    return [r, g, b, a];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    let colour = element ? rgba(getComputedStyle(element).backgroundColor) : [255, 255, 255, 1];
    if (!element) return colour;
    return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
  };
  // What is drawn under a text of a picture: the shape at its middle, else the page.
  const drawnUnder = (text, style) => {
    if (style.stroke !== "none" && style.paintOrder.startsWith("stroke")) return rgba(style.stroke);
    const box = text.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    for (const shape of document.elementsFromPoint(x, y)) {
      if (!(shape instanceof SVGElement)) break;
      const fill = getComputedStyle(shape).fill;
      if (["rect", "circle", "path"].includes(shape.tagName) && fill !== "none") {
        return over(rgba(fill), behind(text.ownerSVGElement));
      }
    }
    return behind(text.ownerSVGElement);
  };
  let checked = 0;
  const check = (what, colour, ground) => {
    checked += 1;
    const found = contrast(over(colour, ground), ground);
    if (found < 4.5) wrong.push(`contrast ${found.toFixed(2)}: ${what}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.data.trim();
    if (!words || ["title", "desc"].includes(element.tagName)) continue;
    if (!element.checkVisibility() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    if (element instanceof SVGElement) check(words, rgba(style.fill), drawnUnder(element, style));
    else check(words, rgba(style.color), behind(element));
  }
  for (const element of document.querySelectorAll("td")) {
    const before = getComputedStyle(element, "::before");
    if (before.content !== "none") check(before.content, rgba(before.color), behind(element));
  }
  if (checked < 150) wrong.push(`only ${checked} texts found`);
  // Nothing is wider than the window.
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${page.scrollWidth} > ${innerWidth}`);
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest("thead") || element instanceof SVGElement) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > innerWidth + 1 || box.left < -1)) {
      wrong.push(`over the edge: <${element.tagName}> ${element.textContent.slice(0, 40)}`);
    }
  }
  // The names in a picture are whole, inside it, and apart from one another.
  for (const picture of document.querySelectorAll("svg")) {
    if (!picture.checkVisibility()) continue;
    const { width, height } = picture.viewBox.baseVal;
    const names = [...picture.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBBox() }));
    for (const { words, box } of names) {
      if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > width + 0.5 || box.y + box.height > height + 0.5) {
        wrong.push(`cut off: '${words}'`);
      }
    }
    names.forEach((a, i) => {
      for (const b of names.slice(i + 1)) {
        const apart = a.box.x + a.box.width <= b.box.x || b.box.x + b.box.width <= a.box.x
          || a.box.y + a.box.height * 0.8 <= b.box.y + b.box.height * 0.2 || b.box.y + b.box.height * 0.8 <= a.box.y + a.box.height * 0.2;
        if (!apart) wrong.push(`'${a.words}' runs into '${b.words}'`);
      }
    });
  }
  return wrong;
})()
