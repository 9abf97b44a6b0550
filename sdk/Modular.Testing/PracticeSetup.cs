namespace Modular.Testing;

/// <summary>How a <see cref="TestPractice"/> is to begin. Everything has a default.</summary>
public sealed record PracticeSetup
{
    /// <summary>IANA zone of the practice and of its locations.</summary>
    public string Zone { get; init; } = "America/New_York";

    /// <summary>Names of the locations, at least one.</summary>
    public IReadOnlyList<string> Locations { get; init; } = ["Main Street", "Lakeside"];

    /// <summary>Modules that are off at first, so that a test can turn them on among what exists already: <see cref="TestPractice.TurnOnAsync"/>.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>Folders of more modules, as their builds left them. Those of the projects that the tests refer to are there already.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];
}
