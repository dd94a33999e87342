/* The theme puts the style of its search as text into a shadow tree, which pages do not allow.
   As a sheet it may be there. */
{
  const append = ShadowRoot.prototype.appendChild;
  ShadowRoot.prototype.appendChild = function (node) {
    if (node.localName !== "style") return append.call(this, node);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(node.textContent);
    this.adoptedStyleSheets.push(sheet);
    return node;
  };
}
