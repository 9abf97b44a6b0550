namespace Modular.Host.Callers;

/// <summary>The program of the present request, or why there is none.</summary>
public sealed class CurrentProgram
{
    public KnownProgram? Program { get; set; }

    /// <summary>The token's own id, for the access log.</summary>
    public string? TokenId { get; set; }

    /// <summary>A token came and is not good.</summary>
    public bool BadToken { get; set; }

    /// <summary>The program has asked too often.</summary>
    public TimeSpan? Wait { get; set; }
}
