/* What the theme gets wrong for readers who use a keyboard. See also theme.css and partials/. */
"use strict";

// The menu button of narrow screens is a label, which no key reaches.
{
  const toggle = document.getElementById("__drawer");
  const label = document.querySelector(".md-header [for=__drawer]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} md-header__button--menu`;
  button.ariaLabel = "Menu";
  button.ariaExpanded = "false";
  button.append(...label.childNodes);
  label.replaceWith(button);
  button.addEventListener("click", () => toggle.click());
  toggle.addEventListener("change", () => {
    button.ariaExpanded = String(toggle.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) {
      toggle.click();
      button.focus();
    }
  });
}

// The switch of colour schemes; the theme shows the button that follows the scheme's input.
for (const button of document.querySelectorAll("[data-palette]")) {
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.palette).click();
    document.querySelector("[data-palette]:not([hidden])").focus();
  });
}
