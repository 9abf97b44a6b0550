using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form as it stands before whoever fills it in.</summary>
/// <param name="Asked">Keys of the questions that are asked with what was typed so far.</param>
/// <param name="Typed">Under a name, so far.</param>
/// <param name="Refresh">Where a page with script asks for the questions anew when an answer decides on others; null without.</param>
public sealed record FormSheet(
    FormBody Body, IReadOnlyList<string> Asked, Func<string, IReadOnlyList<string>> Typed, string Language, SignaturePad Pad, string? Refresh)
{
    /// <summary>The field that tells which questions stood before the person.</summary>
    public const string Shown = "shown";

    public PatientTexts Texts => FormReader.Texts(Language);

    /// <summary>As nobody touched it yet.</summary>
    public static FormSheet Blank(FormBody body, string language, string? refresh, string? signer = null) => new(
        body, FormReader.Read(body, _ => [], default, language).Asked, _ => [], language,
        PadOf(new() { Name = signer, Relationship = "self" }, language), refresh);

    public static SignaturePad PadOf(SignatureForm form, string language)
    {
        var texts = FormReader.Texts(language);
        return new(form, new Dictionary<string, string> { ["self"] = texts["FormSelf"], ["other"] = texts["FormForThem"] }, language);
    }

    /// <summary>What comes back is looked at again, and may be another text: it is agreed to anew.</summary>
    public static void SignAnew(ModelStateDictionary state, SignatureForm signature)
    {
        const string agreed = $"Signature.{nameof(SignatureForm.Agreed)}";
        signature.Agreed = false;
        if (state.GetFieldValidationState(agreed) != ModelValidationState.Invalid)
        {
            state.Remove(agreed);
        }
    }

    /// <summary>What the ends of a scale mean: <c>0 = no pain, 10 = the worst pain</c>.</summary>
    public string? Ends(FormQuestion scale) => scale.Low is null && scale.High is null ? null : string.Join(", ",
        new[] { (Step: scale.Least, Means: scale.Low), (Step: scale.Most, Means: scale.High) }
            .Where(end => end.Means is not null).Select(end => $"{end.Step:0} = {end.Means!.In(Language)}"));
}
