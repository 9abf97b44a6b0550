using Modular.Sdk;

namespace Modular.Host.Letters;

public static class LettersServices
{
    public static IServiceCollection AddLetters(this IServiceCollection services) => services
        .AddSingleton<LetterBook>()
        .AddSingleton(new LetterLimits())
        .AddScoped<LetterTexts>()
        .AddScoped<LetterRecords>()
        .AddScoped<Letters>()
        .AddScoped<ILetters>(sp => sp.GetRequiredService<Letters>());
}
