using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form on paper, with nothing filled in: as a print and a PDF, in English or Spanish.</summary>
[OpenTo(Audience.SignedIn, RecordForms.Judged)]
public sealed class FormBlank(FormsDb db, FormDesk desk, FormKinds kinds) : Slice
{
    public sealed record Model(PracticeForm Form, FormBody Body, string Language, bool Draft, string Back)
    {
        public PatientTexts Texts => FormReader.Texts(Language);

        /// <summary>On paper every question stands there, with what it depends on.</summary>
        public string? Only(FormQuestion q)
        {
            if (q.When is not { } when || Body.Find(when.Question) is not { } on)
            {
                return null;
            }

            var texts = Texts;
            var answers = FormRules.Choices(on, Language).Where(c => when.Is.Contains(c.Key)).Select(c => c.Words);
            return texts.Say("FormIf", on.Label.In(Language), string.Join($" {texts["FormOr"]} ", answers));
        }
    }

    [HttpGet("/forms/form-blank/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, string? language, bool draft, CancellationToken ct)
    {
        if (await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct) is not { } form || kinds.Find(form.Kind) is not { } kind)
        {
            return NotFound();
        }

        var (builds, spoken) = (Actor.Can(FormKinds.Manage), language == "es" ? "es" : "en");
        return draft && builds ? Page(new Model(form, form.Body, spoken, true, $"/forms/show/{id}"))
            : form.InUse && (builds || Actor.Can(kind.Ask))
                ? Page(new Model(
                    form, (await desk.VersionAsync(id, form.Current, ct)).Asks(), spoken, false, builds ? $"/forms/show/{id}" : "/forms/record"))
                : NotFound();
    }
}
