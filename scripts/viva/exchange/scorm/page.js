/* Inside a learning management system every course lies at one address: each student's progress is
   kept under a name of its own. This runs before the store, which reads its name from its own tag. */
{
  const around = parent !== window ? parent.vivaScorm : null
  const learner = around?.learner
  const store = document.querySelector("script[data-course]")
  if (learner && store) {
    store.dataset.course += `-${learner}`
    delete store.dataset.was // names that any student of this address may have used
    delete store.dataset.shared
  }
  around?.listen(document)
}
