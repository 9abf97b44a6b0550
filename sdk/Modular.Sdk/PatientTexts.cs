using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;

namespace Modular.Sdk;

/// <summary>
/// What a patient reads, in the patient's language: <c>Texts/Texts.resx</c> (English) and <c>Texts/Texts.es.resx</c> (Spanish) of the
/// module. A patient with another language gets English. People in the office read English; their pages do not use this.
/// </summary>
public sealed class PatientTexts
{
    /// <summary>Languages in which every patient-facing text exists, ISO 639-1; the first is the one for everybody else.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "es"];

    private static readonly ConcurrentDictionary<Assembly, ResourceManager> Managers = new();

    private readonly ResourceManager texts;
    private readonly CultureInfo culture;

    private PatientTexts(Assembly module, string language)
    {
        texts = Managers.GetOrAdd(module, Open);
        Language = language;
        culture = Culture(language);
    }

    /// <summary>For the <c>lang</c> of what is printed or sent.</summary>
    public string Language { get; }

    /// <summary>The text of this name.</summary>
    public string this[string name] => texts.GetString(name, culture) ?? throw new InvalidOperationException($"There is no patient-facing text {name}.");

    /// <summary>The texts of the module in which the type lives.</summary>
    /// <param name="language">The patient's, ISO 639-1; null or unknown is English.</param>
    public static PatientTexts Of<TModule>(string? language) where TModule : IModule => Of(typeof(TModule).Assembly, language);

    /// <inheritdoc cref="Of{TModule}(string)"/>
    /// <param name="assembly">The one with the texts.</param>
    public static PatientTexts Of(Assembly assembly, string? language) =>
        new(assembly, Languages.FirstOrDefault(l => l == language) ?? Languages[0]);

    /// <summary>With its places filled: <c>{0}</c> is the first value.</summary>
    public string Say(string name, params object[] values) => string.Format(culture, this[name], values);

    /// <summary>Monday, November 23, 2026 · lunes 23 de noviembre de 2026.</summary>
    public string Day(DateOnly date) => Day(date, Language);

    /// <summary>9:30 am · 9:30 a. m.</summary>
    public string Time(TimeOnly time) => Time(time, Language);

    /// <summary>The day in words, in one of <see cref="Languages"/>.</summary>
    public static string Day(DateOnly date, string language) =>
        date.ToString(language == "es" ? "dddd d 'de' MMMM 'de' yyyy" : "dddd, MMMM d, yyyy", Culture(language));

    /// <summary>The time of day in words, in one of <see cref="Languages"/>.</summary>
    public static string Time(TimeOnly time, string language) =>
        time.ToString("h:mm ", CultureInfo.InvariantCulture) + (language == "es" ? time.Hour < 12 ? "a. m." : "p. m." : time.Hour < 12 ? "am" : "pm");

    private static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language + "-US");

    private static ResourceManager Open(Assembly module)
    {
        const string end = ".Texts.Texts.resources";
        var name = module.GetManifestResourceNames().FirstOrDefault(n => n.EndsWith(end, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{module.GetName().Name} has no Texts/Texts.resx.");
        return new(name[..^".resources".Length], module);
    }
}
