namespace Modular.Host.Links.Public;

/// <summary>A public page that was refused.</summary>
/// <param name="State">Of the link, when that is the reason.</param>
/// <param name="Reference">To give when asking for help.</param>
public sealed record RefusedModel(int Code, LinkState? State, Guid Reference);
