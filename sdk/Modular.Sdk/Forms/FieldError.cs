namespace Modular.Sdk;

/// <summary>One field that cannot be taken as it is, and the sentence for the person who typed it.</summary>
/// <param name="Field">Name of the form's property; empty for the form as a whole.</param>
/// <param name="Sentence">Plain English, ends with a full stop.</param>
public sealed record FieldError(string Field, string Sentence);
