using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Primitives;

namespace Modular.Sdk;

/// <summary>
/// What somebody had typed when their session locked or asked again who they are. The host puts it on the request of the page they
/// return to; forms written in Razor fill themselves from it, a module does nothing for that.
/// </summary>
/// <param name="action">Path the form was posted to.</param>
/// <param name="fields">As posted, without passwords.</param>
/// <param name="files">Names of chosen files, which have to be chosen again.</param>
public sealed class KeptForm(string action, IReadOnlyDictionary<string, string[]> fields, IReadOnlyList<string> files)
{
    private readonly Dictionary<string, int> taken = [];
    private readonly HashSet<string> boxes = [];

    /// <summary>Path the form was posted to.</summary>
    public string Action { get; } = action;

    /// <summary>As posted, without passwords.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; } = fields;

    /// <summary>Names of chosen files, which have to be chosen again.</summary>
    public IReadOnlyList<string> Files { get; } = files;

    /// <summary>The select whose options are being written.</summary>
    internal string? Select { get; set; }

    /// <summary>Between the tags of its form.</summary>
    internal bool Filling { get; set; }

    /// <summary>Something that the person sees came back.</summary>
    internal bool Filled { get; private set; }

    /// <summary>Null outside the form that was kept.</summary>
    internal static KeptForm? Of(ViewContext view) => view.HttpContext.Features.Get<KeptForm>() is { Filling: true } kept ? kept : null;

    internal bool Matches(string path) => string.Equals(path.Split('?', '#')[0].TrimEnd('/'), Action.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>All values of a field in one text, as model binding reports what was attempted; null when the field was not posted.</summary>
    internal string? Text(string name, bool visible)
    {
        if (!Fields.TryGetValue(name, out var values))
        {
            return null;
        }

        Filled |= visible;
        return new StringValues(values).ToString();
    }

    /// <summary>The next value of a field that a form may hold several times.</summary>
    internal string? Next(string name)
    {
        if (!Fields.TryGetValue(name, out var values))
        {
            return null;
        }

        var at = taken.GetValueOrDefault(name);
        taken[name] = at + 1;
        Filled |= at < values.Length;
        return at < values.Length ? values[at] : null;
    }

    /// <summary>A box or radio posts its value or nothing.</summary>
    internal bool Chosen(string name, string value)
    {
        boxes.Add(name);
        Filled = true;
        return Fields.TryGetValue(name, out var values) && values.Contains(value);
    }

    /// <summary>A hidden value, unless it is the "no" beside a box.</summary>
    internal string? Hidden(string name) => !boxes.Contains(name) && Fields.TryGetValue(name, out var values) && values is [var only] ? only : null;
}
