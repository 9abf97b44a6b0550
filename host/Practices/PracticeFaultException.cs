namespace Modular.Host.Practices;

/// <summary>What a practice's rows hold cannot be worked by. The sentence is for an administrator and holds nothing of the rows.</summary>
public sealed class PracticeFaultException(string sentence) : Exception(sentence);
