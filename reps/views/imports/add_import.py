"""Bring a file: it is kept as it is, and a worker begins to read it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reps.forms.imports.upload import UploadForm
from reps.models import FileImport
from reps.tasks import work_on_imports_soon
from reps.views.imports.import_words import KINDS


@require_http_methods(["GET", "HEAD", "POST"])
def add_import(request, kind):
    if kind not in FileImport.objects.kinds_for(request.user):
        raise Http404
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file_import = form.save(kind=kind, by=request.user, at=timezone.now())
            work_on_imports_soon()
            return redirect(file_import)
    context = {"part": "imports", "kind": KINDS[kind], "form": form}
    status = 422 if form.errors else 200
    return render(request, "reps/imports/add_import.html", context, status=status)
