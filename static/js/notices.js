/* What an earlier act came to is no longer so once the next one is sent: its toast would stand
   beside this one's error. Without scripts every act is a page of its own. */
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "get") return;
  for (const notice of document.querySelectorAll("#notices > :not([data-trouble-shown])")) {
    notice.remove();
  }
});
