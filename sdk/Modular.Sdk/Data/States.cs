using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Modular.Sdk;

/// <summary>
/// A state is an enum in code and a word everywhere else: the database, messages, addresses and programs have <c>checked-out</c>, people read
/// <c>Checked out</c>. A property of a <see cref="ModuleDb"/> whose type is an enum is kept as that word.
/// </summary>
/// <example><code>
/// public enum VisitStatus { Booked, Arrived, CheckedOut, Canceled, [Display(Name = "No-show")] NoShow }
/// …
/// VisitStatus.CheckedOut.Text()    // checked-out
/// VisitStatus.NoShow.Title()       // No-show
/// States.Find&lt;VisitStatus&gt;("x")    // null
/// </code></example>
public static class States
{
    /// <summary>As it is kept and told: <c>checked-out</c>.</summary>
    public static string Text<TState>(this TState state) where TState : struct, Enum => Of<TState>.Texts[state];

    /// <summary>As people read it: the name of its <see cref="DisplayAttribute"/>, or its own in words.</summary>
    public static string Title<TState>(this TState state) where TState : struct, Enum => Of<TState>.Titles[state];

    /// <summary>The state that a word of an address or a form means; null when it means none.</summary>
    public static TState? Find<TState>(string? text) where TState : struct, Enum =>
        text is not null && Of<TState>.States.TryGetValue(text, out var state) ? state : null;

    /// <summary>The state that was kept as this word.</summary>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public static TState Read<TState>(string text) where TState : struct, Enum =>
        Find<TState>(text) ?? throw new ArgumentException($"There is no {typeof(TState).Name} “{text}”.", nameof(text));

    /// <summary>All of a kind with their titles, in the order of the enum: for a list of choices.</summary>
    public static IReadOnlyDictionary<string, string> Choices<TState>() where TState : struct, Enum =>
        Enum.GetValues<TState>().ToDictionary(Text, Title);

    private static class Of<TState> where TState : struct, Enum
    {
        public static readonly Dictionary<TState, string> Texts = Enum.GetValues<TState>().ToDictionary(s => s, s => Names.Kebab(s.ToString()));
        public static readonly Dictionary<string, TState> States = Texts.ToDictionary(s => s.Value, s => s.Key);
        public static readonly Dictionary<TState, string> Titles = Enum.GetValues<TState>().ToDictionary(s => s, s =>
            typeof(TState).GetField(s.ToString())?.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? InWords(Texts[s]));

        private static string InWords(string text) => char.ToUpperInvariant(text[0]) + text[1..].Replace('-', ' ');
    }
}
